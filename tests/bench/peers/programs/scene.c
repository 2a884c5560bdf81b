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
 * It prints "ready PICTURES" when the desktop is there, with the shared memory of layers.h or -1, then
 * "drawn NUMBER TIME" for each frame, with the time before it was drawn, and ends when its standard
 * input does.
 */
#define _GNU_SOURCE
#include "layers.h"
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

static Display *display;
static Window root;
static GC gc;
static XFontStruct *font;

/* Stamps a drawable whose corner is at (left, top) of the screen. */
static void draw_stamp(Drawable drawable, int left, int top, struct place at, unsigned number) {
  XRectangle white[16];
  int count = 0, x = at.x - left, y = at.y - top;
  for (int square = 0; square < 16; square++) {
    if (!stamp_bit((number + at.offset) % STAMP_NUMBERS, square)) continue;
    white[count++] = (XRectangle){
      x + square % at.columns * STAMP_SQUARE, y + square / at.columns * STAMP_SQUARE,
      STAMP_SQUARE, STAMP_SQUARE,
    };
  }
  XSetForeground(display, gc, 0);
  XFillRectangle(display, drawable, gc, x, y, at.columns * STAMP_SQUARE,
                 16 / at.columns * STAMP_SQUARE);
  XSetForeground(display, gc, 0xffffff);
  XFillRectangles(display, drawable, gc, white, count);
}

/* Stamps a window, which is where the frame is. */
static void draw_stamps(const char *workload, Drawable drawable, unsigned number) {
  struct area at = frame_area(workload, number);
  struct place places[MAX_PLACES];
  int count = frame_places(workload, number, places);
  for (int i = 0; i < count; i++) draw_stamp(drawable, at.x, at.y, places[i], number);
}

/* As draw_stamp, into memory. */
static void put_stamp(uint32_t *pixels, int stride, struct place at, unsigned number) {
  for (int row = 0; row < STAMP_SIZE; row++) {
    for (int column = 0; column < STAMP_SIZE; column++) {
      int square = row / STAMP_SQUARE * 4 + column / STAMP_SQUARE;
      pixels[(at.y + row) * stride + at.x + column] = stamp_bit(number, square) ? 0xffffff : 0;
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

/* Memory that the X server and who watches can share; it goes when all have let go of it. */
static XShmSegmentInfo share_memory(size_t bytes) {
  XShmSegmentInfo segment = {.readOnly = False};
  segment.shmid = shmget(IPC_PRIVATE, bytes, IPC_CREAT | 0600);
  segment.shmaddr = shmat(segment.shmid, NULL, 0);
  if (segment.shmaddr == (char *)-1) exit(1);
  XShmAttach(display, &segment);
  XSync(display, False);
  shmctl(segment.shmid, IPC_RMID, NULL);
  return segment;
}

/* An image in such memory. */
static XImage *create_image(XShmSegmentInfo *segment, int width, int height) {
  int screen = DefaultScreen(display);
  XImage *image = XShmCreateImage(display, DefaultVisual(display, screen),
                                  DefaultDepth(display, screen), ZPixmap, NULL, segment, width, height);
  *segment = share_memory((size_t)image->bytes_per_line * height);
  image->data = segment->shmaddr;
  return image;
}

/* Copies what has been drawn. */
static void copy_drawable(Drawable drawable, int width, int height, uint32_t *to) {
  XImage *image = XGetImage(display, drawable, 0, 0, width, height, AllPlanes, ZPixmap);
  memcpy(to, image->data, (size_t)width * height * 4);
  XDestroyImage(image);
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
static XShmSegmentInfo pictures = {.shmid = -1};

static void begin_film(void) {
  film = create_image(&pictures, area.width, area.height * PICTURES);
  for (int i = 0; i < PICTURES; i++) {
    uint32_t *pixels = (uint32_t *)film->data + (size_t)i * area.height * area.width;
    paint_photo(pixels, area.width, area.width, area.height, i);
  }
}

static void begin_refresh(void) {
  size_t pixels = SCREEN_WIDTH * SCREEN_HEIGHT;
  desktops[1] = paint_desktop(1);
  pictures = share_memory(picture_pixels("refresh") * 4);
  for (int i = 0; i < 2; i++) {
    uint32_t *to = (uint32_t *)pictures.shmaddr + i * pixels;
    copy_drawable(desktops[i], SCREEN_WIDTH, SCREEN_HEIGHT, to);
  }
}

static void begin_drag(void) {
  paint_window(window, (struct area){0, 0, area.width, area.height}, 0xffffff, 0x101010);
  pictures = share_memory(picture_pixels("drag") * 4);
  uint32_t *to = (uint32_t *)pictures.shmaddr;
  copy_drawable(desktops[0], SCREEN_WIDTH, SCREEN_HEIGHT, to);
  copy_drawable(window, area.width, area.height, to + SCREEN_WIDTH * SCREEN_HEIGHT);
}

static void begin(const char *workload) {
  area = frame_area(workload, 0);
  /* Out of the way: TigerVNC draws a pointer that its viewer hasn't moved there. */
  XWarpPointer(display, None, root, 0, 0, 0, 0, 40, 1000);
  desktops[0] = paint_desktop(0);
  XSetWindowBackgroundPixmap(display, root, desktops[0]);
  XClearWindow(display, root);
  if (!strcmp(workload, "nothing")) return;
  window = open_window(area, 0x14181c);
  if (!strcmp(workload, "video") || !strcmp(workload, "screen")) begin_film();
  if (!strcmp(workload, "refresh")) begin_refresh();
  if (!strcmp(workload, "drag")) begin_drag();
  if (!strcmp(workload, "typing")) {
    XGrabKeyboard(display, window, True, GrabModeAsync, GrabModeAsync, CurrentTime);
  }
}

static void draw_film(unsigned number) {
  int picture = number % PICTURES;
  uint32_t *pixels = (uint32_t *)film->data + (size_t)picture * area.height * area.width;
  struct area whole = {0, 0, area.width, area.height};
  struct place places[MAX_PLACES];
  int count = grid_places(whole, 3, 3, places);
  for (int i = 0; i < count; i++) put_stamp(pixels, area.width, places[i], number);
  XShmPutImage(display, window, gc, film, 0, picture * area.height, 0, 0, area.width, area.height, False);
}

/* One line more, with stamps of its own that scroll with it. */
static void draw_text(unsigned number) {
  int top = area.height - LINE_HEIGHT;
  XCopyArea(display, window, window, gc, 0, LINE_HEIGHT, area.width, top, 0, 0);
  fill(window, 0, top, area.width, LINE_HEIGHT, 0x14181c);
  int columns = (area.width - 2 * STAMP_LENGTH - 16) / font->max_bounds.width;
  draw_line(window, STAMP_LENGTH + 8, area.height - 4, columns, 0xd0d0d0);
  for (int right = 0; right < 2; right++) {
    draw_stamp(window, area.x, area.y, line_place(area, right, 0), number);
  }
}

static void draw_drag(unsigned number) {
  struct area to = frame_area("drag", number);
  XMoveWindow(display, window, to.x, to.y);
  draw_stamps("drag", window, number);
}

static void draw_refresh(unsigned number) {
  XCopyArea(display, desktops[number % 2], window, gc, 0, 0, area.width, area.height, 0, 0);
  draw_stamps("refresh", window, number);
}

/* One more letter in a line, and its stamps. */
static void draw_letter(unsigned number) {
  int columns = (area.width - 2 * STAMP_SIZE) / font->max_bounds.width;
  int x = STAMP_SIZE + number % columns * font->max_bounds.width;
  char letter = 'a' + number % 26;
  XSetForeground(display, gc, 0xd0d0d0);
  XDrawString(display, window, gc, x, area.height - 10, &letter, 1);
  draw_stamps("typing", window, number);
}

static void draw(const char *workload, unsigned number) {
  double time = now();
  if (film) draw_film(number);
  else if (!strcmp(workload, "text")) draw_text(number);
  else if (!strcmp(workload, "drag")) draw_drag(number);
  else if (!strcmp(workload, "refresh")) draw_refresh(number);
  else if (!strcmp(workload, "small")) draw_stamps("small", window, number);
  else draw_letter(number);
  XFlush(display);
  printf("drawn %u %.3f\n", number, time);
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
  printf("ready %d\n", pictures.shmid);
  double rate = atof(argv[2]);
  if (!strcmp(argv[1], "typing")) run_by_keys();
  else if (rate > 0) run_at(argv[1], rate);
  else ended_by(now() + 1e9);
  XCloseDisplay(display);
  return 0;
}
