"""Files: what the system says of one that cannot be used, in words of the person."""

import errno

from app.core.i18n import _


def why(error: OSError) -> str:
    """Return why a file cannot be read or written, in words of the person where we have them."""
    match error:
        case FileNotFoundError():
            return _("there is no such file or folder")
        case PermissionError():
            return _("you have no right to it")
        case IsADirectoryError():
            return _("it is a folder")
        case _ if error.errno == errno.ENOSPC:
            return _("there is no room left on the disk")
        case _ if error.errno == errno.EROFS:
            return _("nothing can be written there")
        case _:
            return error.strerror or str(error)
