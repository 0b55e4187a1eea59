"""Publication that is killed, refused by the disk and hurried by others, hundreds of times, in a process of its own."""
