"""What `scheduler.constraints.language.roster_model` is made of.

``options``: what could stand in a cell; ``linear``: sums that rules write; ``crew``:
people alike by the clock, and their breaks; ``tail``: last month, already certain;
``variables``: the three kinds of variable, and rosters as their values; ``scope``:
limits that are enforced or have a price.
"""
