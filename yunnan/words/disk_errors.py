"""Errors of the disk in Chinese; the operating system has them in English only."""

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
    """The reason of an error in Chinese; with its number where WORDS has none."""
    return meaning(error.errno or 0)


def meaning(number: int) -> str:
    """The meaning of an error number in Chinese; '系统错误 5' where WORDS has none."""
    return WORDS.get(number, f"系统错误 {number}")
