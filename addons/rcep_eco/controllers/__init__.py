from . import consignee_page, documents_zip, forwarded_page, portal, supplier_page
