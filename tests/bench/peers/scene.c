/*
 * Draws on the X display $DISPLAY, a screen of 1920 by 1080, what viewers are to see.
 *
 *   scene WORKLOAD FRAMES-A-SECOND
 *
 *   video    a picture of 1280 by 720 that changes everywhere, as a film does
 *   screen   the same on the whole screen
 *   text     lines that scroll through a window
 *   drag     a window that is moved about above a busy desktop
 *   refresh  one busy desktop instead of another
 *   small    32 by 32 pixels
 *   typing   a letter for each key that is pressed; it takes the keyboard
 *   nothing  a desktop that rests
 *
 * It prints "ready" when the desktop is there, "drawn NUMBER TIME" before it draws a frame, and ends
 * when its standard input does.
 */
#define _GNU_SOURCE
#include "stamp.h"
#include <X11/Xlib.h>
#include <X11/Xutil.h>
#include <X11/extensions/XShm.h>
#include <math.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ipc.h>
#include <sys/shm.h>
#include <unistd.h>

/* Pictures of a film, shown in turn: enough that none is like the one before it. */
#define PICTURES 16
#define LINE_HEIGHT 16

static Display *display;
static Window root;
static GC gc;
static XFontStruct *font;

/* The same numbers in every run. */
static uint32_t random_number(void) {
  static uint32_t state = 2463534242u;
  state ^= state << 13, state ^= state >> 17, state ^= state << 5;
  return state;
}

static void draw_stamp(Drawable drawable, int x, int y, unsigned number) {
  XRectangle white[16];
  int count = 0;
  for (int square = 0; square < 16; square++) {
    if (!stamp_bit(number, square)) continue;
    white[count++] = (XRectangle){
      x + square % 4 * STAMP_SQUARE, y + square / 4 * STAMP_SQUARE, STAMP_SQUARE, STAMP_SQUARE,
    };
  }
  XSetForeground(display, gc, 0);
  XFillRectangle(display, drawable, gc, x, y, STAMP_SIZE, STAMP_SIZE);
  XSetForeground(display, gc, 0xffffff);
  XFillRectangles(display, drawable, gc, white, count);
}

/* Stamps both corners of a drawable of this size. */
static void draw_stamps(Drawable drawable, int width, int height, unsigned number) {
  draw_stamp(drawable, 0, 0, number);
  draw_stamp(drawable, width - STAMP_SIZE, height - STAMP_SIZE, number);
}

/* As draw_stamp, into memory. */
static void put_stamp(uint32_t *pixels, int stride, int x, int y, unsigned number) {
  for (int row = 0; row < STAMP_SIZE; row++) {
    for (int column = 0; column < STAMP_SIZE; column++) {
      int square = row / STAMP_SQUARE * 4 + column / STAMP_SQUARE;
      pixels[(y + row) * stride + x + column] = stamp_bit(number, square) ? 0xffffff : 0;
    }
  }
}

/* A line of words such as a program prints. */
static int make_line(char *line, int length) {
  static unsigned number;
  int at = snprintf(line, length, "%06u ", number++);
  while (at < length) {
    int word = 2 + random_number() % 9;
    for (int i = 0; i < word && at < length; i++) line[at++] = 'a' + random_number() % 26;
    if (at < length) line[at++] = ' ';
  }
  return length;
}

static void draw_line(Drawable drawable, int x, int baseline, int columns, unsigned long colour) {
  char line[256];
  make_line(line, columns);
  XSetForeground(display, gc, colour);
  XDrawString(display, drawable, gc, x, baseline, line, columns);
}

static void fill(Drawable drawable, int x, int y, int width, int height, unsigned long colour) {
  XSetForeground(display, gc, colour);
  XFillRectangle(display, drawable, gc, x, y, width, height);
}

/* A picture as a camera makes it: soft shapes, some texture, a little noise. `time` moves it on. */
static void paint_photo(uint32_t *pixels, int stride, int width, int height, int time) {
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

/* A window's frame, title and text, drawn into a desktop or a window of its own. */
static void paint_window(Drawable drawable, struct area at, unsigned long paper, unsigned long ink) {
  fill(drawable, at.x, at.y, at.width, at.height, 0x303840);
  fill(drawable, at.x + 2, at.y + 24, at.width - 4, at.height - 26, paper);
  draw_line(drawable, at.x + 40, at.y + 16, 30, 0xe8e8e8);
  int columns = (at.width - 20) / font->max_bounds.width;
  for (int y = at.y + 42; y < at.y + at.height - 6; y += LINE_HEIGHT) {
    draw_line(drawable, at.x + 10, y, columns, ink);
  }
}

/* An image in memory that the X server reads in place, `height` rows of it. */
static XImage *create_image(XShmSegmentInfo *segment, int width, int height) {
  int screen = DefaultScreen(display);
  XImage *image = XShmCreateImage(display, DefaultVisual(display, screen),
                                  DefaultDepth(display, screen), ZPixmap, NULL, segment, width, height);
  segment->shmid = shmget(IPC_PRIVATE, (size_t)image->bytes_per_line * height, IPC_CREAT | 0600);
  segment->shmaddr = image->data = shmat(segment->shmid, NULL, 0);
  segment->readOnly = False;
  XShmAttach(display, segment);
  XSync(display, False);
  /* It goes when both have let go of it. */
  shmctl(segment->shmid, IPC_RMID, NULL);
  return image;
}

/* A desktop with a photo behind windows, some light and some dark. */
static Pixmap paint_desktop(int variant) {
  Pixmap desktop = XCreatePixmap(display, root, SCREEN_WIDTH, SCREEN_HEIGHT,
                                 DefaultDepth(display, DefaultScreen(display)));
  XShmSegmentInfo segment;
  XImage *image = create_image(&segment, SCREEN_WIDTH, SCREEN_HEIGHT);
  paint_photo((uint32_t *)image->data, SCREEN_WIDTH, SCREEN_WIDTH, SCREEN_HEIGHT, variant * 5);
  XShmPutImage(display, desktop, gc, image, 0, 0, 0, 0, SCREEN_WIDTH, SCREEN_HEIGHT, False);
  XSync(display, False);
  XShmDetach(display, &segment);
  XDestroyImage(image);
  shmdt(segment.shmaddr);
  fill(desktop, 0, SCREEN_HEIGHT - 40, SCREEN_WIDTH, 40, 0x20242c);
  int shift = variant * 120;
  paint_window(desktop, (struct area){60 + shift, 60, 700, 500}, 0xffffff, 0x101010);
  paint_window(desktop, (struct area){900 - shift, 120 + shift, 640, 620}, 0x14181c, 0xb8d0b8);
  paint_window(desktop, (struct area){300, 620, 900, 380}, 0xfaf6ea, 0x202060);
  return desktop;
}

static Window open_window(struct area at, unsigned long background) {
  XSetWindowAttributes attributes = {.override_redirect = True, .background_pixel = background};
  Window window = XCreateWindow(display, root, at.x, at.y, at.width, at.height, 0, CopyFromParent,
                                InputOutput, CopyFromParent, CWOverrideRedirect | CWBackPixel,
                                &attributes);
  XSelectInput(display, window, KeyPressMask | ExposureMask);
  XMapWindow(display, window);
  XEvent event;
  XWindowEvent(display, window, ExposureMask, &event);
  return window;
}

/* A workload: what it needs, and how it draws a frame. */
static Window window;
static struct area area;
static XImage *film;
static Pixmap desktops[2];

static void begin(const char *workload) {
  area = frame_area(workload, 0);
  desktops[0] = paint_desktop(0);
  XSetWindowBackgroundPixmap(display, root, desktops[0]);
  XClearWindow(display, root);
  if (!strcmp(workload, "nothing")) return;
  if (!strcmp(workload, "refresh")) desktops[1] = paint_desktop(1);
  window = open_window(area, 0x14181c);
  if (!strcmp(workload, "video") || !strcmp(workload, "screen")) {
    static XShmSegmentInfo segment;
    film = create_image(&segment, area.width, area.height * PICTURES);
    for (int i = 0; i < PICTURES; i++) {
      uint32_t *pixels = (uint32_t *)film->data + (size_t)i * area.height * area.width;
      paint_photo(pixels, area.width, area.width, area.height, i);
    }
  }
  if (!strcmp(workload, "drag")) {
    paint_window(window, (struct area){0, 0, area.width, area.height}, 0xffffff, 0x101010);
  }
  if (!strcmp(workload, "typing")) XGrabKeyboard(display, window, True, GrabModeAsync, GrabModeAsync, CurrentTime);
}

static void draw_film(unsigned number) {
  int picture = number % PICTURES;
  uint32_t *pixels = (uint32_t *)film->data + (size_t)picture * area.height * area.width;
  put_stamp(pixels, area.width, 0, 0, number);
  put_stamp(pixels, area.width, area.width - STAMP_SIZE, area.height - STAMP_SIZE, number);
  XShmPutImage(display, window, gc, film, 0, picture * area.height, 0, 0, area.width, area.height, False);
}

/* One line more, between the stamps, which don't scroll. */
static void draw_text(unsigned number) {
  int top = STAMP_SIZE, height = area.height - 2 * STAMP_SIZE;
  XCopyArea(display, window, window, gc, 0, top + LINE_HEIGHT, area.width, height - LINE_HEIGHT, 0, top);
  fill(window, 0, top + height - LINE_HEIGHT, area.width, LINE_HEIGHT, 0x14181c);
  int columns = (area.width - 6) / font->max_bounds.width;
  draw_line(window, 3, top + height - 4, columns, 0xd0d0d0);
  draw_stamps(window, area.width, area.height, number);
}

static void draw_drag(unsigned number) {
  struct area to = frame_area("drag", number);
  XMoveWindow(display, window, to.x, to.y);
  draw_stamps(window, to.width, to.height, number);
}

static void draw_refresh(unsigned number) {
  XCopyArea(display, desktops[number % 2], window, gc, 0, 0, area.width, area.height, 0, 0);
  draw_stamps(window, area.width, area.height, number);
}

/* One more letter in a line, and its stamps. */
static void draw_letter(unsigned number) {
  int columns = (area.width - 2 * STAMP_SIZE) / font->max_bounds.width;
  int x = STAMP_SIZE + number % columns * font->max_bounds.width;
  char letter = 'a' + number % 26;
  XSetForeground(display, gc, 0xd0d0d0);
  XDrawString(display, window, gc, x, area.height / 2, &letter, 1);
  draw_stamps(window, area.width, area.height, number);
}

static void draw(const char *workload, unsigned number) {
  printf("drawn %u %.3f\n", number, now());
  if (film) draw_film(number);
  else if (!strcmp(workload, "text")) draw_text(number);
  else if (!strcmp(workload, "drag")) draw_drag(number);
  else if (!strcmp(workload, "refresh")) draw_refresh(number);
  else if (!strcmp(workload, "small")) draw_stamp(window, 0, 0, number);
  else draw_letter(number);
  XFlush(display);
}

/* Whether it is time to end: waits for that until `time`. */
static int ended_by(double time) {
  struct pollfd input = {STDIN_FILENO, POLLIN, 0};
  double left = time - now();
  struct timespec wait = {left > 0 ? left / 1e3 : 0, left > 0 ? fmod(left, 1e3) * 1e6 : 0};
  return ppoll(&input, 1, &wait, NULL) > 0;
}

/* Frames at an even rate; one that is late doesn't delay the next. */
static void run_at(const char *workload, double rate) {
  double start = now();
  for (unsigned count = 1;; count++) {
    if (ended_by(start + count * 1e3 / rate)) return;
    draw(workload, count % STAMP_NUMBERS);
    /* Events that nobody reads would pile up. */
    XEvent event;
    while (XPending(display)) XNextEvent(display, &event);
  }
}

/* A frame for each key. */
static void run_by_keys(void) {
  struct pollfd inputs[] = {{STDIN_FILENO, POLLIN, 0}, {ConnectionNumber(display), POLLIN, 0}};
  for (unsigned count = 1;;) {
    XEvent event;
    while (XPending(display)) {
      XNextEvent(display, &event);
      if (event.type == KeyPress) draw("typing", count++ % STAMP_NUMBERS);
    }
    if (poll(inputs, 2, -1) < 0 || inputs[0].revents) return;
  }
}

int main(int argc, char **argv) {
  if (argc != 3) return 2;
  setvbuf(stdout, NULL, _IOLBF, 0);
  display = XOpenDisplay(NULL);
  if (!display) return 1;
  root = DefaultRootWindow(display);
  gc = XCreateGC(display, root, 0, NULL);
  XSetGraphicsExposures(display, gc, False);
  font = XLoadQueryFont(display, "fixed");
  if (!font) return 1;
  XSetFont(display, gc, font->fid);
  begin(argv[1]);
  XSync(display, False);
  printf("ready\n");
  double rate = atof(argv[2]);
  if (!strcmp(argv[1], "typing")) run_by_keys();
  else if (rate > 0) run_at(argv[1], rate);
  else ended_by(now() + 1e9);
  XCloseDisplay(display);
  return 0;
}
