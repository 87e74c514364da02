"""What `scheduler.constraints.language.roster_model` is made of.

``options``: what could stand in a cell; ``linear``: sums that rules write; ``crew``:
people alike by the clock, and their breaks; ``tail``: last month, already certain;
``standing``: a roster that stands, and ``doubles``: two duties at once in it;
``variables``: the three kinds of variable, and rosters as their values; ``scope``:
limits that are enforced or have a price, and the levels' objectives.
"""
