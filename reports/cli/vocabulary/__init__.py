"""Every word the commands say to people, by topic: Chinese, English."""
