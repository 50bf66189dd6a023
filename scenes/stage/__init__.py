"""The stage: base scene, camera that paints batches, theme, captions."""
