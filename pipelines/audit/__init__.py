"""An audit in the tool: a draw of logs, a worksheet for the auditors, and what they return. A concept a file.

`period` says which days are drawn from, `draw` picks the logs, `worksheet` writes what the auditors fill in,
`returned` reads it, `check_return` says what is wrong in it, `accept` keeps it, `folder` is where all of it lies.
What it comes to, the estimate, is the snapshot's: `sql/trends`.
"""
