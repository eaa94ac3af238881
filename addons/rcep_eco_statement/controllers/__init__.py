from . import statement_pages
