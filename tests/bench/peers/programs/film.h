/* A film to draw: pictures that change everywhere, the same in every run. */
#ifndef FILM_H
#define FILM_H

#include <math.h>
#include <stdint.h>

/* They are shown in turn: enough that none is like the one before it. */
#define PICTURES 16

/* The same numbers in every run. */
static inline uint32_t random_number(void) {
  static uint32_t state = 2463534242u;
  state ^= state << 13, state ^= state >> 17, state ^= state << 5;
  return state;
}

/* A picture as a camera makes it: soft shapes, some texture, a little noise. `time` moves it on. */
static inline void paint_photo(uint32_t *pixels, int stride, int width, int height, int time) {
  double phase = time * 2 * M_PI / PICTURES;
  for (int y = 0; y < height; y++) {
    double down = sin(y * 0.011 + phase) + 0.5 * sin(y * 0.037 - phase);
    for (int x = 0; x < width; x++) {
      double soft = sin(x * 0.007 - phase) + down + sin((x + y) * 0.005 + 2 * phase);
      double texture = sin(x * 0.21 + down * 3) * sin(y * 0.17 + soft * 2);
      int noise = random_number() & 3;
      int red = 128 + 30 * soft + 9 * texture + noise;
      int green = 120 + 25 * sin(soft * 1.7 + phase) + 12 * texture + noise;
      int blue = 110 + 35 * cos(soft * 1.3) - 8 * texture + noise;
      pixels[y * stride + x] = (red & 255) << 16 | (green & 255) << 8 | (blue & 255);
    }
  }
}

#endif
