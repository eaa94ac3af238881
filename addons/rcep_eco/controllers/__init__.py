from . import documents_zip, portal, supplier_page
