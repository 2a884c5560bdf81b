/*
 * What a frame looks like between its stamps, where that is known beforehand: pictures in memory that
 * who draws shares with who watches.
 */
#ifndef LAYERS_H
#define LAYERS_H

#include "film.h"
#include "stamp.h"

/* A picture at its place on the screen; what is behind it doesn't show. */
struct layer {
  struct area at;
  const uint32_t *pixels;
};

#define MAX_LAYERS 2

/* How many pixels the pictures of a workload have together; none if it has none. */
static inline size_t picture_pixels(const char *workload) {
  struct area area = frame_area(workload, 0);
  size_t pixels = (size_t)area.width * area.height;
  if (!strcmp(workload, "video") || !strcmp(workload, "screen")) return PICTURES * pixels;
  if (!strcmp(workload, "refresh")) return 2 * pixels;
  if (!strcmp(workload, "drag")) return (size_t)SCREEN_WIDTH * SCREEN_HEIGHT + pixels;
  return 0;
}

/* The layers of frame `number`, the front one first; returns how many. */
static inline int frame_layers(const char *workload, const uint32_t *pictures, unsigned number,
                               struct layer *layers) {
  struct area area = frame_area(workload, number);
  if (!strcmp(workload, "drag")) {
    struct area screen = {0, 0, SCREEN_WIDTH, SCREEN_HEIGHT};
    layers[0] = (struct layer){area, pictures + (size_t)SCREEN_WIDTH * SCREEN_HEIGHT};
    layers[1] = (struct layer){screen, pictures};
    return 2;
  }
  unsigned picture = number % (strcmp(workload, "refresh") ? PICTURES : 2);
  layers[0] = (struct layer){area, pictures + (size_t)picture * area.width * area.height};
  return 1;
}

#endif
