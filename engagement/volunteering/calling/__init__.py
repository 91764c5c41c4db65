"""How do those who run a work day reach people? Calls for help, letters, replies, and what is said when it rains."""
