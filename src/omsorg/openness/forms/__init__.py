"""What is asked on the work pages. A form makes values out of what was typed; whether they may stand the rules say."""
