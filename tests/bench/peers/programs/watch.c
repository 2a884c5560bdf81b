/*
 * A viewer on libvncclient that tells which frames of a scene it has seen, and when.
 *
 *   watch PORT ENCODINGS COMPRESSION QUALITY WORKLOAD PICTURES [KEYS-A-SECOND]
 *
 * QUALITY is 0 to 9, or -1 for none: no JPEG. PICTURES is what the scene printed. It prints "ready" when
 * it has the whole screen, then
 *
 *   seen NUMBER TIME [ERROR] a newer frame is there, everywhere, or newer ones are; by how much its
 *                            colours are wrong, of 255, where that can be known
 *   torn TIME                after this update not all of the screen shows the same frame
 *   key TIME                 a key is pressed
 *   mark TIME BYTES          what has come until now, as an answer to a line on its standard input
 *
 * It ends when its standard input does.
 */
#define _GNU_SOURCE
#include "layers.h"
#include <dlfcn.h>
#include <limits.h>
#include <poll.h>
#include <rfb/rfbclient.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/shm.h>
#include <unistd.h>

static const char *workload;
static const uint32_t *pictures;
static unsigned long received;
static int latest = -1;
static rfbBool complete = FALSE;

/* Between the stamps the screen is looked at in cells of so many pixels, at every eighth of each row. */
#define CELL 64
#define PITCH 8

/* All of libvncclient's reading goes through this function, found in the program before the library. */
rfbBool ReadFromRFBServer(rfbClient *client, char *out, unsigned int n) {
  static rfbBool (*real)(rfbClient *, char *, unsigned int);
  if (!real) real = dlsym(RTLD_NEXT, "ReadFromRFBServer");
  received += n;
  return real(client, out, n);
}

static rfbBool resized(rfbClient *client) {
  free(client->frameBuffer);
  client->frameBuffer = calloc((size_t)client->width * client->height, 4);
  client->updateRect = (typeof(client->updateRect)){0, 0, client->width, client->height};
  return client->frameBuffer != NULL;
}

/* The number of the frame whose stamp is at a place, or -1. */
static int read_stamp(const rfbClient *client, struct place at) {
  const uint32_t *pixels = (const uint32_t *)client->frameBuffer;
  unsigned bits = 0;
  for (int square = 0; square < 16; square++) {
    int row = at.y + square / at.columns * STAMP_SQUARE + STAMP_SQUARE / 2;
    int column = at.x + square % at.columns * STAMP_SQUARE + STAMP_SQUARE / 2;
    uint32_t green = pixels[row * client->width + column] >> client->format.greenShift & 255;
    bits |= (unsigned)(green > 127) << square;
  }
  int number = stamp_number(bits);
  return number < 0 ? -1 : (number - at.offset + STAMP_NUMBERS) % STAMP_NUMBERS;
}

/* How much later than `base` a number is, within half of the circle; negative for earlier. */
static int distance(int base, int number) {
  int ahead = (number - base + STAMP_NUMBERS) % STAMP_NUMBERS;
  return ahead < STAMP_NUMBERS / 2 ? ahead : ahead - STAMP_NUMBERS;
}

/* The frame at one of the places: where that depends on the number, those that may be are tried. */
static int frame_at(const rfbClient *client, int index) {
  struct place places[MAX_PLACES];
  if (strcmp(workload, "drag")) {
    frame_places(workload, 0, places);
    return read_stamp(client, places[index]);
  }
  int tries = latest < 0 ? STAMP_NUMBERS : STAMP_NUMBERS / 2;
  for (int ahead = 0; ahead < tries; ahead++) {
    int guess = (latest + ahead + STAMP_NUMBERS) % STAMP_NUMBERS;
    frame_places(workload, guess, places);
    if (read_stamp(client, places[index]) == guess) return guess;
  }
  return -1;
}

static int contains(struct area area, int x, int y) {
  return x >= area.x && x < area.x + area.width && y >= area.y && y < area.y + area.height;
}

/* What a frame should look like. */
struct candidate {
  int number, stamps;
  struct place places[MAX_PLACES];
  struct layer layers[MAX_LAYERS];
};

static int channel_difference(uint32_t one, int one_shift, uint32_t other, int other_shift) {
  return abs((int)(one >> one_shift & 255) - (int)(other >> other_shift & 255));
}

/* How much a cell of the screen differs from a frame: the sum of some pixels' channels. */
static long difference(const rfbClient *client, const struct candidate *frame, struct area cell) {
  const uint32_t *shown = (const uint32_t *)client->frameBuffer;
  const rfbPixelFormat *format = &client->format;
  long sum = 0;
  for (int y = cell.y; y < cell.y + cell.height; y += PITCH) {
    for (int x = cell.x; x < cell.x + cell.width; x += PITCH) {
      const struct layer *layer = frame->layers;
      while (!contains(layer->at, x, y)) layer++;
      uint32_t is = shown[y * client->width + x];
      uint32_t should = layer->pixels[(y - layer->at.y) * layer->at.width + x - layer->at.x];
      sum += channel_difference(is, format->redShift, should, 16);
      sum += channel_difference(is, format->greenShift, should, 8);
      sum += channel_difference(is, format->blueShift, should, 0);
    }
  }
  return sum;
}

/* Whether a stamp is in a cell, which then isn't looked at: the stamp itself was. */
static int has_stamp(const struct candidate *frame, struct area cell) {
  for (int i = 0; i < frame->stamps; i++) {
    struct place at = frame->places[i];
    if (at.x < cell.x + cell.width && at.x + STAMP_SIZE > cell.x && at.y < cell.y + cell.height &&
        at.y + STAMP_SIZE > cell.y) {
      return 1;
    }
  }
  return 0;
}

/* What the screen shows between the stamps. */
struct sight {
  /* The oldest frame of which a cell is left. */
  int oldest;
  /* How much the cells differ from the frames that they look like most, and in how many channels. */
  long difference, channels;
};

/* Adds a cell: it looks most like one of the frames, the first of them if it does so equally. */
static void add_cell(const rfbClient *client, const struct candidate *frames, int count,
                     struct area cell, struct sight *sight) {
  long least = LONG_MAX;
  int best = 0;
  for (int i = 0; i < count; i++) {
    if (has_stamp(&frames[i], cell)) return;
    long sum = difference(client, &frames[i], cell);
    if (sum < least) least = sum, best = i;
  }
  sight->difference += least;
  sight->channels += 3 * ((cell.width + PITCH - 1) / PITCH) * ((cell.height + PITCH - 1) / PITCH);
  if (distance(frames[best].number, sight->oldest) > 0) sight->oldest = frames[best].number;
}

/* Looks between the stamps for frames after the latest that was there as a whole, up to `newest`. */
static struct sight look_between(const rfbClient *client, int newest) {
  struct candidate frames[PICTURES];
  int count = latest < 0 ? 2 : distance(latest, newest) + 1;
  if (count > PICTURES) count = PICTURES;
  for (int i = 0; i < count; i++) {
    int number = (newest - i + STAMP_NUMBERS) % STAMP_NUMBERS;
    frames[i].number = number;
    frames[i].stamps = frame_places(workload, number, frames[i].places);
    frame_layers(workload, pictures, number, frames[i].layers);
  }
  struct area all = {0, 0, SCREEN_WIDTH, SCREEN_HEIGHT};
  if (strcmp(workload, "drag")) all = frame_area(workload, 0);
  struct sight sight = {newest, 0, 0};
  for (int y = all.y; y < all.y + all.height; y += CELL) {
    for (int x = all.x; x < all.x + all.width; x += CELL) {
      int across = all.x + all.width - x, down = all.y + all.height - y;
      struct area cell = {x, y, across < CELL ? across : CELL, down < CELL ? down : CELL};
      add_cell(client, frames, count, cell, &sight);
    }
  }
  return sight;
}

/* Tells whether a newer frame is there as a whole: the oldest that some part of the screen shows. */
static void look(const rfbClient *client) {
  struct place places[MAX_PLACES];
  int count = frame_places(workload, 0, places);
  if (count == 0) return;
  int oldest = frame_at(client, 0), newest = oldest;
  for (int i = 1; i < count && oldest >= 0; i++) {
    int frame = frame_at(client, i);
    if (frame < 0 || distance(oldest, frame) < 0) oldest = frame;
    if (frame >= 0 && distance(newest, frame) > 0) newest = frame;
  }
  struct sight between = {oldest, 0, 0};
  if (oldest >= 0 && (latest < 0 || distance(latest, oldest) > 0) && pictures) {
    between = look_between(client, newest);
    if (distance(between.oldest, oldest) > 0) oldest = between.oldest;
  }
  double time = now();
  if (oldest < 0 || oldest != newest) printf("torn %.3f\n", time);
  if (oldest < 0 || (latest >= 0 && distance(latest, oldest) <= 0)) return;
  latest = oldest;
  printf("seen %d %.3f", oldest, time);
  if (pictures) printf(" %.3f", between.difference / (double)between.channels);
  printf("\n");
}

static void finished(rfbClient *client) {
  if (!complete) printf("ready\n");
  complete = TRUE;
  look(client);
}

static rfbClient *connect_to(char **arguments) {
  rfbClient *client = rfbGetClient(8, 3, 4);
  client->canHandleNewFBSize = TRUE;
  client->MallocFrameBuffer = resized;
  client->FinishedFrameBufferUpdate = finished;
  client->serverHost = strdup("127.0.0.1");
  client->serverPort = atoi(arguments[0]);
  client->appData.encodingsString = arguments[1];
  client->appData.compressLevel = atoi(arguments[2]);
  client->appData.qualityLevel = atoi(arguments[3]);
  client->appData.enableJPEG = client->appData.qualityLevel >= 0;
  client->appData.useRemoteCursor = TRUE;
  client->appData.shareDesktop = TRUE;
  return rfbInitClient(client, NULL, NULL) ? client : NULL;
}

/* Presses and releases the space bar. */
static rfbBool press_key(rfbClient *client) {
  printf("key %.3f\n", now());
  return SendKeyEvent(client, ' ', TRUE) && SendKeyEvent(client, ' ', FALSE);
}

int main(int argc, char **argv) {
  if (argc < 7) return 2;
  setvbuf(stdout, NULL, _IOLBF, 0);
  setvbuf(stdin, NULL, _IONBF, 0);
  rfbEnableClientLogging = FALSE;
  workload = argv[5];
  if (atoi(argv[6]) >= 0) pictures = shmat(atoi(argv[6]), NULL, SHM_RDONLY);
  if (pictures == (void *)-1) return 1;
  double interval = argc > 7 ? 1e3 / atof(argv[7]) : 1e9;
  rfbClient *client = connect_to(argv + 1);
  if (!client) return 1;
  struct pollfd waiting[] = {{STDIN_FILENO, POLLIN, 0}, {client->sock, POLLIN, 0}};
  double next = now() + 1e3;
  for (;;) {
    /* What the library has read ahead, poll doesn't see. */
    if (client->buffered > 0) {
      if (!HandleRFBServerMessage(client)) return 1;
      continue;
    }
    double left = next - now();
    if (poll(waiting, 2, left > 1e6 ? -1 : left > 0 ? (int)left + 1 : 0) < 0) return 1;
    if (waiting[1].revents && !HandleRFBServerMessage(client)) return 1;
    if (waiting[0].revents) {
      char line[16];
      if (!fgets(line, sizeof line, stdin)) break;
      printf("mark %.3f %lu\n", now(), received);
    }
    if (argc > 7 && now() >= next) {
      /* A little earlier or later each time, so that no clock of the server's keeps step with it. */
      next += interval * (0.75 + 0.5 * (rand() / (double)RAND_MAX));
      if (!press_key(client)) return 1;
    }
  }
  rfbClientCleanup(client);
  return 0;
}
