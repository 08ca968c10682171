"""The stakeholder map: who at an account decides, influences, buys, uses, guards and blocks, and who of ours knows whom.

What somebody is at an account stands in ``contacts``, who was in touch in ``activities``; here one of ours states how well he
knows a person, and all of it is put beside each other: the map, the chart of who reports to whom, whom we plan to meet at
which level and how often, and on whom the relationship hangs.

standing    who decides, influences, blocks
closeness   how well one says one knows somebody, and how that fades
bonds       what touches and statements come to, and which of them counts
gaps        what is missing, in sentences
tree        who reports to whom, as a chart
plan        whom to meet at which level, how often; kept, due, uncovered
"""
