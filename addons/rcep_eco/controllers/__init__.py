from . import consignee_page, documents_zip, portal, supplier_page
