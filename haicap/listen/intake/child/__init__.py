"""
What runs in the child process of `sandbox`: one hostile file in, one JSON object out.

    run      the walls go up, then the reader of that kind is asked
    walls    what the process may use, and no network
    said     a refusal, a note: what can be answered beside the words
    words    what every text goes through: clean, converted, judged
    archive  the ZIP and XML of .docx and .xlsx, bounded
    docx · xlsx · pdf · plain    one reader each

Nothing outside imports these, so the parsers never enter a process that holds a session, a
secret or a database; and only the reader of the file's kind is loaded.
"""
