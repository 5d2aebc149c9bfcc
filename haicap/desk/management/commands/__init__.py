"""Commands of haicap, called by the console command."""
