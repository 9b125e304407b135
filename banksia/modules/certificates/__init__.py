"""Building and property certificates: order, pay, issue, deliver."""
