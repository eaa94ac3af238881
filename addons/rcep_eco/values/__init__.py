"""Values as forms and files have them: exact amounts, HS codes, price terms, box 8, QR codes, spreadsheets."""
