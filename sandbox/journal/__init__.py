"""The activity history: every act leaves its line."""
