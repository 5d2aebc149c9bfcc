"""
Plans that are good, proven, and explain themselves.

    language    what every planner speaks: aims, status, result, price, relaxation
    mip         a linear model of arrays and its solution, by HiGHS
    rows        a problem as JSON, read row by row, with a sentence for what is wrong
    judge       what every judge of a result asks
    easing      the smallest set of limits that has to give way
    units       communes, and the road between them
    planners    the planners by name

and one package a planner, which gathers its rooms so that it can be called by one name:

    secondment  who goes to which commune for a while
    premises    which surplus building serves which need
    boards      which communes share a board or a service centre
    portfolio   which projects are funded, and when
"""
