"""What the disk complains of, in words: what the system says of it is English."""

import errno

FULL = {errno.ENOSPC: "磁盘已满", errno.EDQUOT: "磁盘配额已用完", errno.EFBIG: "文件超过大小限制"}
WORDS = FULL | {
    **dict.fromkeys((errno.EACCES, errno.EPERM), "没有权限"),
    **dict.fromkeys((errno.EMFILE, errno.ENFILE), "打开的文件太多"),
    **dict.fromkeys((errno.ENOENT, errno.ESTALE), "已不在"),
    errno.EROFS: "磁盘是只读的",
    errno.EIO: "磁盘读写出错",
    errno.ENOTDIR: "路径中有一段不是文件夹",
    errno.EISDIR: "是文件夹，不是文件",
    errno.ENAMETOOLONG: "名称太长",
    errno.EEXIST: "已有同名的",
}


def why(error: OSError) -> str:
    """Why the disk did not do it; by number where there is no word."""
    return said(error.errno or 0)


def said(number: int) -> str:
    """What an error number means; the number where there is no word."""
    return WORDS.get(number, f"系统错误 {number}")
