"""The folder door: plays a client of the single window and the office behind it, for the profile ``gacc-xml-2022``.

It is made of the published list of elements and of nothing of the add-on, so that what the add-on writes is judged by
another reading of the same facts. Whatever it issues is a SPECIMEN and proves nothing.
"""
