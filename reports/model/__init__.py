"""What everything else speaks of: values, periods, records, report definitions, and their words."""
