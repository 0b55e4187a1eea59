"""What people see: the address, the kit several pages share, and the pages' bodies by section of the menu."""
