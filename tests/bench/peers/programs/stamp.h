/*
 * A number that survives any encoding: 16 squares of 8 by 8 pixels, black for 0 and white for 1.
 * Twelve of them hold a frame's number, four a check. Whoever draws a frame stamps it in several
 * places, so that whoever sees it knows which frame it is, and whether it is there as a whole.
 */
#ifndef STAMP_H
#define STAMP_H

#include <stdint.h>
#include <string.h>
#include <time.h>

#define STAMP_SQUARE 8
/* Most stamps are 4 by 4 squares, those in a line of text 16 by 1. */
#define STAMP_SIZE (4 * STAMP_SQUARE)
#define STAMP_LENGTH (16 * STAMP_SQUARE)
#define STAMP_NUMBERS 4096

#define SCREEN_WIDTH 1920
#define SCREEN_HEIGHT 1080

#define LINE_HEIGHT 16

/* Where something is drawn. */
struct area {
  int x, y, width, height;
};

/* Where a stamp is, how many squares it has in a row, and what it says of frame 0. */
struct place {
  int x, y, columns, offset;
};

#define MAX_PLACES 9

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

/* Where frame `number` of a workload is. Nothing has no area. */
static inline struct area frame_area(const char *workload, unsigned number) {
  if (!strcmp(workload, "video")) return (struct area){320, 180, 1280, 720};
  if (!strcmp(workload, "text")) return (struct area){560, 160, 806, 44 * LINE_HEIGHT};
  if (!strcmp(workload, "small")) return (struct area){992, 512, STAMP_SIZE, STAMP_SIZE};
  if (!strcmp(workload, "typing")) return (struct area){560, 160, 640, STAMP_SIZE};
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

/* Stamps in a grid from corner to corner of an area. */
static inline int grid_places(struct area area, int columns, int rows, struct place *places) {
  for (int i = 0; i < columns * rows; i++) {
    int across = columns < 2 ? 0 : (area.width - STAMP_SIZE) * (i % columns) / (columns - 1);
    int down = rows < 2 ? 0 : (area.height - STAMP_SIZE) * (i / columns) / (rows - 1);
    places[i] = (struct place){area.x + across, area.y + down, 4, 0};
  }
  return columns * rows;
}

/* The stamp at the left or right end of a line of text; line 0 is the last, which the frame adds. */
static inline struct place line_place(struct area area, int right, int line) {
  int y = area.y + area.height - (line + 1) * LINE_HEIGHT + (LINE_HEIGHT - STAMP_SQUARE) / 2;
  return (struct place){area.x + (right ? area.width - STAMP_LENGTH : 0), y, 16, -line};
}

/*
 * Where the stamps of a frame are, at most MAX_PLACES; returns how many. Of text, what has scrolled
 * to the top and the middle tells that all has.
 */
static inline int frame_places(const char *workload, unsigned number, struct place *places) {
  struct area area = frame_area(workload, number);
  if (area.width == 0) return 0;
  if (!strcmp(workload, "text")) {
    int lines = area.height / LINE_HEIGHT;
    for (int i = 0; i < 6; i++) places[i] = line_place(area, i % 2, (lines - 1) * (i / 2) / 2);
    return 6;
  }
  if (!strcmp(workload, "small")) return grid_places(area, 1, 1, places);
  if (!strcmp(workload, "typing")) return grid_places(area, 2, 1, places);
  return grid_places(area, 3, 3, places);
}

#endif
