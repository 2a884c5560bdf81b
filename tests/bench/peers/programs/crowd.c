/*
 * Many viewers that only count: they ask for updates as libvncclient does, and find where each one
 * ends, but decode none, so that the machine's cores are left to the server.
 *
 *   crowd PORT VIEWERS ENCODING COMPRESSION QUALITY
 *
 * ENCODING is the number of Raw, Hextile, Tight or ZRLE, CopyRect comes with any; QUALITY is 0 to 9,
 * or -1 for none. It prints "ready" when each viewer has had an update, then
 *
 *   mark TIME BYTES BYTES ...   what has come to each viewer, as an answer to a line of input
 *
 * It ends when its standard input does, or with a complaint when a viewer's connection breaks.
 */
#define _GNU_SOURCE
#include "stamp.h"
#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

enum {
  RAW = 0, COPY_RECT = 1, HEXTILE = 5, TIGHT = 7, ZRLE = 16,
  QUALITY_0 = -32, COMPRESSION_0 = -256,
  LAST_RECT = -224, POINTER_POS = -232, RICH_CURSOR = -239, X_CURSOR = -240,
};

#define BYTES_PER_PIXEL 4
/* Tight sends the pixels of this format without their fourth byte. */
#define BYTES_PER_TPIXEL 3
#define MAX_VIEWERS 256

struct viewer {
  int socket;
  uint16_t width, height;
  /* What has been read and not yet taken. */
  uint8_t buffer[16384];
  size_t taken, filled;
  _Atomic unsigned long bytes, updates;
};

static int encoding, compression, quality;
static struct viewer *viewers;

static void fail(const char *what) {
  fprintf(stderr, "crowd: %s\n", what);
  exit(1);
}

static uint8_t take(struct viewer *viewer) {
  if (viewer->taken == viewer->filled) {
    ssize_t count = recv(viewer->socket, viewer->buffer, sizeof viewer->buffer, 0);
    if (count <= 0) fail("a connection broke");
    viewer->bytes += count;
    viewer->taken = 0, viewer->filled = count;
  }
  return viewer->buffer[viewer->taken++];
}

static uint32_t take_number(struct viewer *viewer, int bytes) {
  uint32_t number = 0;
  while (bytes-- > 0) number = number << 8 | take(viewer);
  return number;
}

/* What isn't in the buffer yet, the kernel drops without copying it. */
static void skip(struct viewer *viewer, size_t length) {
  size_t here = viewer->filled - viewer->taken;
  if (here > length) here = length;
  viewer->taken += here, length -= here;
  while (length > 0) {
    ssize_t count = recv(viewer->socket, NULL, length, MSG_TRUNC);
    if (count <= 0) fail("a connection broke");
    viewer->bytes += count;
    length -= count;
  }
}

static void give(struct viewer *viewer, const void *bytes, size_t length) {
  if (send(viewer->socket, bytes, length, MSG_NOSIGNAL) != (ssize_t)length) fail("a connection broke");
}

static void request_update(struct viewer *viewer, int incremental) {
  uint8_t message[10] = {3, incremental, 0, 0, 0, 0, viewer->width >> 8, viewer->width & 255,
                         viewer->height >> 8, viewer->height & 255};
  give(viewer, message, sizeof message);
}

/* The format that libvncclient asks for by itself: 32 bits, red in the lowest. */
static void set_pixel_format(struct viewer *viewer) {
  static const uint8_t message[20] = {0, 0, 0, 0, 32, 24, 0, 1, 0, 255, 0, 255, 0, 255, 0, 8, 16};
  give(viewer, message, sizeof message);
}

static void set_encodings(struct viewer *viewer) {
  int32_t wanted[] = {COPY_RECT, encoding, LAST_RECT, POINTER_POS, RICH_CURSOR, X_CURSOR,
                      COMPRESSION_0 + compression, QUALITY_0 + quality};
  int count = sizeof wanted / sizeof *wanted - (quality < 0);
  uint8_t message[4 + sizeof wanted] = {2, 0, 0, count};
  for (int i = 0; i < count; i++) {
    uint32_t number = htonl(wanted[i]);
    memcpy(message + 4 + 4 * i, &number, 4);
  }
  give(viewer, message, 4 + 4 * count);
}

static void skip_hextile(struct viewer *viewer, int width, int height) {
  enum { IS_RAW = 1, BACKGROUND = 2, FOREGROUND = 4, SUBRECTS = 8, COLOURED = 16 };
  for (int y = 0; y < height; y += 16) {
    for (int x = 0; x < width; x += 16) {
      int across = width - x < 16 ? width - x : 16, down = height - y < 16 ? height - y : 16;
      int kind = take(viewer);
      if (kind & IS_RAW) {
        skip(viewer, across * down * BYTES_PER_PIXEL);
        continue;
      }
      if (kind & BACKGROUND) skip(viewer, BYTES_PER_PIXEL);
      if (kind & FOREGROUND) skip(viewer, BYTES_PER_PIXEL);
      if (!(kind & SUBRECTS)) continue;
      int count = take(viewer);
      skip(viewer, count * (2 + (kind & COLOURED ? BYTES_PER_PIXEL : 0)));
    }
  }
}

static size_t take_compact_length(struct viewer *viewer) {
  size_t length = 0;
  for (int shift = 0; shift <= 14; shift += 7) {
    int byte = take(viewer);
    length |= (size_t)(shift == 14 ? byte : byte & 127) << shift;
    if (!(byte & 128)) break;
  }
  return length;
}

static void skip_tight(struct viewer *viewer, int width, int height) {
  enum { FILL = 8, JPEG = 9, HAS_FILTER = 4, PALETTE = 1 };
  int kind = take(viewer) >> 4;
  if (kind == FILL) return skip(viewer, BYTES_PER_TPIXEL);
  if (kind == JPEG) return skip(viewer, take_compact_length(viewer));
  if (kind > JPEG) fail("a Tight rectangle of no known kind");
  size_t length = (size_t)width * height * BYTES_PER_TPIXEL;
  if (kind & HAS_FILTER && take(viewer) == PALETTE) {
    int colours = take(viewer) + 1;
    skip(viewer, colours * BYTES_PER_TPIXEL);
    length = (size_t)height * (colours == 2 ? (width + 7) / 8 : width);
  }
  /* So little comes as it is. */
  skip(viewer, length < 12 ? length : take_compact_length(viewer));
}

/* Reads past a rectangle; returns 1 if it has pixels, 0 if it tells something else, -1 for the end. */
static int skip_rectangle(struct viewer *viewer) {
  skip(viewer, 4);
  size_t width = take_number(viewer, 2), height = take_number(viewer, 2);
  size_t mask = (width + 7) / 8 * height;
  switch ((int32_t)take_number(viewer, 4)) {
    case RAW: skip(viewer, width * height * BYTES_PER_PIXEL); return 1;
    case COPY_RECT: skip(viewer, 4); return 1;
    case HEXTILE: skip_hextile(viewer, width, height); return 1;
    case TIGHT: skip_tight(viewer, width, height); return 1;
    case ZRLE: skip(viewer, take_number(viewer, 4)); return 1;
    case RICH_CURSOR: skip(viewer, width * height * BYTES_PER_PIXEL + mask); return 0;
    case X_CURSOR: skip(viewer, mask > 0 ? 6 + 2 * mask : 0); return 0;
    case POINTER_POS: return 0;
    case LAST_RECT: return -1;
    default: fail("a rectangle in no encoding that was asked for");
  }
  return -1;
}

static void take_update(struct viewer *viewer) {
  skip(viewer, 1);
  int pixels = 0;
  for (unsigned left = take_number(viewer, 2); left > 0; left--) {
    int kind = skip_rectangle(viewer);
    if (kind < 0) break;
    pixels |= kind;
  }
  request_update(viewer, 1);
  viewer->updates += pixels;
}

static void *__attribute__((noreturn)) watch(void *argument) {
  enum { FRAMEBUFFER_UPDATE = 0, BELL = 2, SERVER_CUT_TEXT = 3 };
  struct viewer *viewer = argument;
  request_update(viewer, 0);
  for (;;) {
    switch (take(viewer)) {
      case FRAMEBUFFER_UPDATE: take_update(viewer); break;
      case BELL: break;
      case SERVER_CUT_TEXT: skip(viewer, 3); skip(viewer, take_number(viewer, 4)); break;
      default: fail("a message of no known kind");
    }
  }
}

/* Connects, without a password, and says what is wanted. */
static void begin(struct viewer *viewer, int port) {
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port)};
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  int yes = 1;
  viewer->socket = socket(AF_INET, SOCK_STREAM, 0);
  setsockopt(viewer->socket, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
  if (connect(viewer->socket, (struct sockaddr *)&address, sizeof address) < 0) fail("no connection");
  skip(viewer, 12);
  give(viewer, "RFB 003.008\n", 12);
  skip(viewer, take(viewer));
  give(viewer, "\1", 1);
  if (take_number(viewer, 4) != 0) fail("not let in");
  give(viewer, "\1", 1);
  viewer->width = take_number(viewer, 2), viewer->height = take_number(viewer, 2);
  skip(viewer, 16);
  skip(viewer, take_number(viewer, 4));
  set_pixel_format(viewer);
  set_encodings(viewer);
}

int main(int argc, char **argv) {
  if (argc != 6) return 2;
  setvbuf(stdout, NULL, _IOLBF, 0);
  int count = atoi(argv[2]);
  encoding = atoi(argv[3]), compression = atoi(argv[4]), quality = atoi(argv[5]);
  if (count < 1 || count > MAX_VIEWERS) return 2;
  viewers = calloc(count, sizeof *viewers);
  for (int i = 0; i < count; i++) {
    pthread_t thread;
    begin(&viewers[i], atoi(argv[1]));
    if (pthread_create(&thread, NULL, watch, &viewers[i])) fail("no thread");
  }
  for (int i = 0; i < count; i++) {
    while (viewers[i].updates == 0) usleep(1000);
  }
  printf("ready\n");
  char line[16];
  while (fgets(line, sizeof line, stdin)) {
    printf("mark %.3f", now());
    for (int i = 0; i < count; i++) printf(" %lu", viewers[i].bytes);
    printf("\n");
  }
  return 0;
}
