// Preloaded into a program that draws text through libXft's XftDrawString32: tells each text that it
// draws on a line of standard error, "Drawn: TEXT", with ? for what is not ASCII.

#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdint.h>
#include <stdio.h>

typedef void DrawString(void *draw, const void *color, void *font, int x, int y,
                        const uint32_t *text, int length);

DrawString XftDrawString32;

void XftDrawString32(void *draw, const void *color, void *font, int x, int y,
                     const uint32_t *text, int length) {
  fputs("Drawn: ", stderr);
  for (int i = 0; i < length; i++) fputc(text[i] < 128 ? (int)text[i] : '?', stderr);
  fputc('\n', stderr);
  DrawString *next = (DrawString *)dlsym(RTLD_NEXT, "XftDrawString32");
  next(draw, color, font, x, y, text, length);
}
