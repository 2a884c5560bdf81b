/*
 * What the machine can do, as plainly as a program can ask it to.
 *
 *   limits QUALITY FILE
 *
 * It prints a line for each, with milliseconds of CPU time for a picture, the median of some runs:
 *
 *   copy TIME                memory as large as the screen is copied
 *   capture TIME             the screen of $DISPLAY is got from the X server, through shared memory,
 *                            on the clock, as it is the X server that works
 *   jpeg444 TIME             libjpeg-turbo compresses a picture of the film, with its colours in full
 *   jpeg420 TIME             the same with a quarter of its colours
 *   send TIME MEGABYTES      as many bytes as the screen has are written into a connection of this
 *                            machine, of which so many megabytes a second come out
 *
 * and writes a picture of the film into FILE, three bytes a pixel.
 */
#define _GNU_SOURCE
#include "film.h"
#include "stamp.h"
#include <X11/Xlib.h>
#include <X11/Xutil.h>
#include <X11/extensions/XShm.h>
#include <arpa/inet.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ipc.h>
#include <sys/shm.h>
#include <sys/socket.h>
#include <turbojpeg.h>
#include <unistd.h>

#define RUNS 51
#define SCREEN_BYTES ((size_t)SCREEN_WIDTH * SCREEN_HEIGHT * 4)

static double times[RUNS];

static void fail(const char *what) {
  fprintf(stderr, "limits: %s\n", what);
  exit(1);
}

static int by_size(const void *a, const void *b) {
  double difference = *(const double *)a - *(const double *)b;
  return (difference > 0) - (difference < 0);
}

static double median(void) {
  qsort(times, RUNS, sizeof *times, by_size);
  return times[RUNS / 2];
}

/* Milliseconds of CPU time that this thread has used. */
static double thread_time(void) {
  struct timespec time;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return time.tv_sec * 1e3 + time.tv_nsec / 1e6;
}

static void measure_copy(void) {
  char *from = malloc(SCREEN_BYTES), *to = malloc(SCREEN_BYTES);
  memset(from, 1, SCREEN_BYTES), memset(to, 2, SCREEN_BYTES);
  for (int run = 0; run < RUNS; run++) {
    double start = thread_time();
    memcpy(to, from, SCREEN_BYTES);
    /* The compiler is to believe that somebody reads it. */
    __asm__ volatile("" : : "r"(to) : "memory");
    times[run] = thread_time() - start;
  }
  printf("copy %.3f\n", median());
  free(from), free(to);
}

static void measure_capture(void) {
  Display *display = XOpenDisplay(NULL);
  if (!display) fail("no display");
  int screen = DefaultScreen(display);
  XShmSegmentInfo segment;
  XImage *image = XShmCreateImage(display, DefaultVisual(display, screen),
                                  DefaultDepth(display, screen), ZPixmap, NULL, &segment,
                                  SCREEN_WIDTH, SCREEN_HEIGHT);
  segment.shmid = shmget(IPC_PRIVATE, SCREEN_BYTES, IPC_CREAT | 0600);
  segment.shmaddr = image->data = shmat(segment.shmid, NULL, 0);
  segment.readOnly = False;
  XShmAttach(display, &segment);
  XSync(display, False);
  shmctl(segment.shmid, IPC_RMID, NULL);
  for (int run = 0; run < RUNS; run++) {
    double start = now();
    if (!XShmGetImage(display, RootWindow(display, screen), image, 0, 0, AllPlanes)) fail("no image");
    times[run] = now() - start;
  }
  printf("capture %.3f\n", median());
  XCloseDisplay(display);
}

static uint32_t *paint_film(int width, int height) {
  uint32_t *pixels = malloc((size_t)width * height * 4);
  paint_photo(pixels, width, width, height, 1);
  return pixels;
}

static void measure_jpeg(const char *name, int quality, int subsampling) {
  struct area area = frame_area("video", 0);
  uint32_t *pixels = paint_film(area.width, area.height);
  tjhandle compressor = tjInitCompress();
  unsigned char *jpeg = tjAlloc(tjBufSize(area.width, area.height, subsampling));
  for (int run = 0; run < RUNS; run++) {
    unsigned long size = tjBufSize(area.width, area.height, subsampling);
    double start = thread_time();
    if (tjCompress2(compressor, (const unsigned char *)pixels, area.width, 0, area.height, TJPF_BGRX,
                    &jpeg, &size, subsampling, quality, TJFLAG_NOREALLOC)) {
      fail(tjGetErrorStr2(compressor));
    }
    times[run] = thread_time() - start;
  }
  printf("%s %.3f\n", name, median());
  tjFree(jpeg), tjDestroy(compressor), free(pixels);
}

/* Reads all that comes, as a viewer does. */
static void *receive(void *argument) {
  static char bytes[256 * 1024];
  while (recv(*(int *)argument, bytes, sizeof bytes, 0) > 0) continue;
  return NULL;
}

/* Both ends of a connection of this machine. */
static void connect_ends(int ends[2]) {
  struct sockaddr_in address = {.sin_family = AF_INET};
  socklen_t length = sizeof address;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  int listener = socket(AF_INET, SOCK_STREAM, 0);
  if (bind(listener, (struct sockaddr *)&address, length) || listen(listener, 1) ||
      getsockname(listener, (struct sockaddr *)&address, &length)) {
    fail("no port");
  }
  ends[0] = socket(AF_INET, SOCK_STREAM, 0);
  if (connect(ends[0], (struct sockaddr *)&address, length)) fail("no connection");
  ends[1] = accept(listener, NULL, NULL);
  close(listener);
}

static void measure_send(void) {
  int ends[2];
  connect_ends(ends);
  pthread_t receiver;
  pthread_create(&receiver, NULL, receive, &ends[1]);
  char *bytes = calloc(1, SCREEN_BYTES);
  double start = now();
  for (int run = 0; run < RUNS; run++) {
    double cpu = thread_time();
    for (size_t sent = 0; sent < SCREEN_BYTES;) {
      ssize_t count = send(ends[0], bytes + sent, SCREEN_BYTES - sent, 0);
      if (count < 0) fail("a connection broke");
      sent += count;
    }
    times[run] = thread_time() - cpu;
  }
  shutdown(ends[0], SHUT_WR);
  pthread_join(receiver, NULL);
  double rate = RUNS * SCREEN_BYTES / 1e3 / (now() - start);
  printf("send %.3f %.1f\n", median(), rate);
  free(bytes);
}

static void write_pixels(const char *path) {
  struct area area = frame_area("video", 0);
  uint32_t *pixels = paint_film(area.width, area.height);
  FILE *file = fopen(path, "w");
  if (!file) fail("no file");
  for (int i = 0; i < area.width * area.height; i++) {
    putc(pixels[i] >> 16 & 255, file), putc(pixels[i] >> 8 & 255, file), putc(pixels[i] & 255, file);
  }
  if (fclose(file)) fail("not written");
  free(pixels);
}

int main(int argc, char **argv) {
  if (argc != 3) return 2;
  measure_copy();
  measure_capture();
  measure_jpeg("jpeg444", atoi(argv[1]), TJSAMP_444);
  measure_jpeg("jpeg420", atoi(argv[1]), TJSAMP_420);
  measure_send();
  write_pixels(argv[2]);
  return 0;
}
