# Words of the parts that come back on many pages.
parts-off = (not available)
parts-done = Done
parts-to-do = To do
parts-saved = Saved
parts-info = Good to know
parts-warning = Before going on
parts-safety = Safety
parts-danger-now = Danger now
parts-safety-plan = Safety plan
parts-reviewed = Reviewed on { $day }
parts-safety-default = Not reviewed yet: the usual precautions hold.
parts-sort-by = Sort by
parts-ask = Ask { $owner }
parts-earlier =
    { $n ->
        [one] Before admission: { $n } record
       *[other] Before admission: { $n } records
    }
parts-earlier-warning = It may hold hard accounts. Read it only if your work needs it.
parts-corrected-by = Corrected by
parts-goal-much-less = Much less than expected
parts-goal-less = Less than expected
parts-goal-expected = As expected
parts-goal-more = More than expected
parts-goal-much-more = Much more than expected
parts-goal-unrated = Not rated yet
parts-progress = { $n } of { $of }
parts-pages = Pages of the list
parts-page-before = Previous
parts-page-after = Next
parts-page-of = Page { $n } of { $of }
parts-version-saved = What was saved already
parts-version-yours = What you wrote
parts-two-versions = There are two versions: { $label }
parts-two-versions-hint = Choose the one that holds. The other stays in the history.
