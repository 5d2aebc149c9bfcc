"""
A stranger's file becomes text, or one clear sentence says why not.

    gate      cheap checks in the web process: what is it, may it come in?
    sandbox   the only door to the parsers: a child process with limits
    child     what runs behind that door, a reader for each kind
    table     rows of a workbook and where each cell stands in its text
    header    which column of a sheet holds what
    days      the day that the words of a cell name
    workbook  rows become recommendations, all of them or none
    notes     what a person should know about how a file was read
    limits    every limit, in one table

Plain Python: nothing here knows of a request or a database.
"""
