//! Sets articles as a newspaper's column does and then spoils the lines as a scan does, so that what reflow makes of
//! them can be counted against what was set.
