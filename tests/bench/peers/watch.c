/*
 * A viewer on libvncclient that tells which frames of a scene it has seen, and when.
 *
 *   watch PORT ENCODINGS COMPRESSION QUALITY WORKLOAD [KEYS-A-SECOND]
 *
 * QUALITY is 0 to 9, or -1 for none: no JPEG. It prints "ready" when it has the whole screen, then
 *
 *   seen NUMBER TIME BYTES   a newer frame is there, in both corners; bytes received until then
 *   torn                     after this update the corners show different frames
 *   key TIME                 a key was pressed
 *   bytes BYTES              as an answer to a line on its standard input; it ends when that does
 */
#define _GNU_SOURCE
#include "stamp.h"
#include <dlfcn.h>
#include <poll.h>
#include <rfb/rfbclient.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static const char *workload;
static unsigned long received;
static int latest = -1;
static rfbBool complete = FALSE;

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

/* The number stamped with its corner at (x, y), or -1. */
static int read_stamp(const rfbClient *client, int x, int y) {
  const uint32_t *pixels = (const uint32_t *)client->frameBuffer;
  unsigned bits = 0;
  for (int square = 0; square < 16; square++) {
    int row = y + square / 4 * STAMP_SQUARE + STAMP_SQUARE / 2;
    int column = x + square % 4 * STAMP_SQUARE + STAMP_SQUARE / 2;
    uint32_t green = pixels[row * client->width + column] >> client->format.greenShift & 255;
    bits |= (unsigned)(green > 127) << square;
  }
  return stamp_number(bits);
}

/* How much later than `base` a number is, within half of the circle; negative for earlier. */
static int distance(int base, int number) {
  int ahead = (number - base + STAMP_NUMBERS) % STAMP_NUMBERS;
  return ahead < STAMP_NUMBERS / 2 ? ahead : ahead - STAMP_NUMBERS;
}

/* The frame in one corner: where a frame's place depends on its number, a few are tried. */
static int corner(const rfbClient *client, int far) {
  int tries = latest < 0 ? STAMP_NUMBERS : 128;
  for (int ahead = 0; ahead < tries; ahead++) {
    int guess = (latest + ahead + STAMP_NUMBERS) % STAMP_NUMBERS;
    struct area area = frame_area(workload, guess);
    int number = read_stamp(client, area.x + (far ? area.width - STAMP_SIZE : 0),
                            area.y + (far ? area.height - STAMP_SIZE : 0));
    if (strcmp(workload, "drag")) return number;
    if (number == guess) return number;
  }
  return -1;
}

static void look(const rfbClient *client) {
  if (frame_area(workload, 0).width == 0) return;
  int near = corner(client, 0), far = corner(client, 1);
  if (near < 0 || far < 0) return;
  if (near != far) printf("torn\n");
  int whole = distance(near, far) < 0 ? far : near;
  if (latest >= 0 && distance(latest, whole) <= 0) return;
  latest = whole;
  printf("seen %d %.3f %lu\n", whole, now(), received);
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
static rfbBool type(rfbClient *client) {
  printf("key %.3f\n", now());
  return SendKeyEvent(client, ' ', TRUE) && SendKeyEvent(client, ' ', FALSE);
}

int main(int argc, char **argv) {
  if (argc < 6) return 2;
  setvbuf(stdout, NULL, _IOLBF, 0);
  setvbuf(stdin, NULL, _IONBF, 0);
  rfbEnableClientLogging = FALSE;
  workload = argv[5];
  double interval = argc > 6 ? 1e3 / atof(argv[6]) : 1e9;
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
      printf("bytes %lu\n", received);
    }
    if (argc > 6 && now() >= next) {
      /* A little earlier or later each time, so that no clock of the server's keeps step with it. */
      next += interval * (0.75 + 0.5 * (rand() / (double)RAND_MAX));
      if (!type(client)) return 1;
    }
  }
  rfbClientCleanup(client);
  return 0;
}
