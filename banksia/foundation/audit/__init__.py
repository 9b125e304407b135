"""Who did what when, in a chain that shows every change made to it afterwards."""
