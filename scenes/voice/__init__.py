"""How the film speaks: engines that say a sentence, a user's recordings, and the finished sound."""
