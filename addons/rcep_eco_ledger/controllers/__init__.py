from . import share_page
