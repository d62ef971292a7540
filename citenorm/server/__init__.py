"""A language server: what ``check`` finds while a file is written, and the fixes of ``fix`` one by one."""
