"""
What waits for each kind of person this morning; each home asks a bounded number.

    office · leader · department · commune · administrator    one screen each

    counts   how the cases stand
    lines    cases as short lines
    week     the strip of late and coming days
    silent   who has not sent to the open round
"""
