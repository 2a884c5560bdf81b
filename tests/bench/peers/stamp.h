/*
 * A number that survives any encoding: 4 by 4 squares of 8 by 8 pixels, black for 0 and white for 1.
 * Twelve of them hold a frame's number, four a check. Whoever draws a frame stamps it in two opposite
 * corners, so that whoever sees it knows which frame it is, and whether it is there as a whole.
 */
#ifndef STAMP_H
#define STAMP_H

#include <stdint.h>
#include <string.h>
#include <time.h>

#define STAMP_SQUARE 8
#define STAMP_SIZE (4 * STAMP_SQUARE)
#define STAMP_NUMBERS 4096

#define SCREEN_WIDTH 1920
#define SCREEN_HEIGHT 1080

/* Where something is drawn. */
struct area {
  int x, y, width, height;
};

/* Milliseconds of a clock that all programs of a machine share. */
static inline double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec * 1e3 + time.tv_nsec / 1e6;
}

/* Whether a square of a stamp is white; squares are counted row by row. */
static inline int stamp_bit(unsigned number, int square) {
  unsigned check = (number ^ number >> 4 ^ number >> 8 ^ 5) & 15;
  return (number | check << 12) >> square & 1;
}

/* The number in a stamp whose squares are white where `bits` has ones, or -1 if it is none. */
static inline int stamp_number(unsigned bits) {
  unsigned number = bits % STAMP_NUMBERS;
  for (int square = 0; square < 16; square++) {
    if (stamp_bit(number, square) != (int)(bits >> square & 1)) return -1;
  }
  return number;
}

/*
 * Where frame `number` of a workload is: its stamps are in the top left and bottom right corners.
 * Nothing has no area.
 */
static inline struct area frame_area(const char *workload, unsigned number) {
  if (!strcmp(workload, "video")) return (struct area){320, 180, 1280, 720};
  if (!strcmp(workload, "text")) return (struct area){560, 160, 806, 704};
  if (!strcmp(workload, "small")) return (struct area){992, 512, STAMP_SIZE, STAMP_SIZE};
  if (!strcmp(workload, "typing")) return (struct area){560, 160, 640, 64};
  if (!strcmp(workload, "drag")) {
    /* To and fro on both axes, 7 and 3 pixels at a time: odd steps, as a hand's are. */
    int across = number * 7 % 1600, down = number * 3 % 1000;
    return (struct area){
      101 + (across < 800 ? across : 1600 - across), 53 + (down < 500 ? down : 1000 - down), 640, 480,
    };
  }
  if (!strcmp(workload, "screen") || !strcmp(workload, "refresh")) {
    return (struct area){0, 0, SCREEN_WIDTH, SCREEN_HEIGHT};
  }
  return (struct area){0, 0, 0, 0};
}

#endif
