/*
 * A viewer without a window, on libvncclient: it follows a screen and does as it is told on stdin.
 *
 *   vncget PORT BITS-PER-PIXEL ENCODINGS COMPRESSION QUALITY      (password in $VNC_PASSWORD)
 *
 * With a name in $VNC_USERNAME it takes part in what asks for a name or a certificate, too; it trusts
 * the certificate in the file $VNC_CERTIFICATE.
 *
 * Levels are 0 to 9, or -1 to ask for none: of QUALITY, for no JPEG.
 *
 *   dump FILE          writes "WIDTH HEIGHT\n" and three bytes a pixel: red, green and blue as the
 *                      pixel format has them (0 to 7 where the maximum is 7); prints "dumped"
 *   first FILE         the same of what it had when all of the screen had come for the first time;
 *                      prints "incomplete" until then
 *   encodings          prints "encodings" and the number of each encoding received so far, and "jpeg"
 *                      where Tight held any
 *   traffic            prints "traffic", how many bytes have come, and how many CopyRect rectangles
 *   key KEYSYM DOWN    pointer X Y MASK    cut HEX    quit
 *
 * It prints "size W H" when connected and on a change of size, "cursor W H X Y PIXELS" with a word of
 * hexadecimal digits for each pixel that the cursor covers and dashes elsewhere, "cut HEX", "bell".
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <poll.h>
#include <rfb/rfbclient.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define RECTANGLE_HEADER 12
#define LARGEST_FRAME 65536
#define TIGHT_JPEG 9

static char seen[64 * 16];
static rfbBool connected = FALSE;
static unsigned long received;
static unsigned int copies;

/* The pixels that have come, until all have: then a copy of the picture. */
static uint8_t *arrived;
static int missing;
static uint8_t *first;

/* Notes a word the first time that it is met. */
static void see(const char *word) {
  char spaced[18];
  snprintf(spaced, sizeof spaced, " %s ", word);
  if (strstr(seen, spaced) || strlen(seen) + sizeof spaced > sizeof seen) return;
  strcat(seen, spaced);
}

/*
 * libvncclient doesn't tell which encoding a rectangle came in. All its reading goes through this
 * function, found in the program before the library. Once connected, a rectangle's header is the only
 * thing of its size that is read into a local variable; pixels are read into buffers on the heap.
 * Behind that of a Tight rectangle comes its compression-control byte.
 */
rfbBool ReadFromRFBServer(rfbClient *client, char *out, unsigned int n) {
  static rfbBool (*real)(rfbClient *, char *, unsigned int);
  if (!real) real = dlsym(RTLD_NEXT, "ReadFromRFBServer");
  if (!real(client, out, n)) return FALSE;
  received += n;
  static rfbBool in_tight;
  const char *here = __builtin_frame_address(0);
  if (in_tight && n == 1 && ((uint8_t)*out >> 4) == TIGHT_JPEG) see("jpeg");
  in_tight = FALSE;
  if (connected && n == RECTANGLE_HEADER && out > here && out < here + LARGEST_FRAME) {
    uint32_t encoding;
    char word[16];
    memcpy(&encoding, out + 8, 4);
    encoding = rfbClientSwap32IfLE(encoding);
    snprintf(word, sizeof word, "%d", (int32_t)encoding);
    see(word);
    if (encoding == rfbEncodingCopyRect) copies++;
    in_tight = encoding == rfbEncodingTight;
  }
  return TRUE;
}

/* A rectangle's pixels have come. */
static void updated(rfbClient *client, int x, int y, int width, int height) {
  for (int row = y; row < y + height; row++) {
    for (int at = row * client->width + x; at < row * client->width + x + width; at++) {
      if (!arrived[at]) missing--;
      arrived[at] = 1;
    }
  }
}

/* An update has come as a whole. */
static void finished(rfbClient *client) {
  if (missing > 0 || first) return;
  size_t size = (size_t)client->width * client->height * (client->format.bitsPerPixel / 8);
  first = malloc(size);
  if (first) memcpy(first, client->frameBuffer, size);
}

static uint32_t pixel_at(const rfbClient *client, const uint8_t *pixels, int index) {
  switch (client->format.bitsPerPixel) {
  case 8: return pixels[index];
  case 16: return ((const uint16_t *)pixels)[index];
  default: return ((const uint32_t *)pixels)[index];
  }
}

/* The channels of a pixel, unscaled, as 0xRRGGBB. */
static uint32_t channels(const rfbClient *client, uint32_t pixel) {
  const rfbPixelFormat *f = &client->format;
  return (pixel >> f->redShift & f->redMax) << 16 | (pixel >> f->greenShift & f->greenMax) << 8 |
         (pixel >> f->blueShift & f->blueMax);
}

static void dump(const rfbClient *client, const uint8_t *pixels, const char *file) {
  FILE *out = fopen(file, "wb");
  if (!out) {
    perror(file);
    exit(1);
  }
  fprintf(out, "%d %d\n", client->width, client->height);
  for (int i = 0; i < client->width * client->height; i++) {
    uint32_t rgb = channels(client, pixel_at(client, pixels, i));
    putc(rgb >> 16, out);
    putc(rgb >> 8 & 255, out);
    putc(rgb & 255, out);
  }
  fclose(out);
  printf("dumped\n");
}

static rfbBool resized(rfbClient *client) {
  free(client->frameBuffer);
  size_t size = (size_t)client->width * client->height * (client->format.bitsPerPixel / 8);
  client->frameBuffer = calloc(1, size);
  free(arrived);
  free(first);
  missing = client->width * client->height;
  arrived = calloc(1, missing);
  first = NULL;
  client->updateRect.x = client->updateRect.y = 0;
  client->updateRect.w = client->width;
  client->updateRect.h = client->height;
  printf("size %d %d\n", client->width, client->height);
  return client->frameBuffer != NULL && arrived != NULL;
}

static void cursor(rfbClient *client, int x, int y, int width, int height, int bytes) {
  (void)bytes;
  printf("cursor %d %d %d %d ", width, height, x, y);
  for (int i = 0; i < width * height; i++) {
    if (client->rcMask[i]) printf("%06x", channels(client, pixel_at(client, client->rcSource, i)));
    else printf("------");
  }
  printf("\n");
}

static void cut_text(rfbClient *client, const char *text, int length) {
  (void)client;
  printf("cut ");
  for (int i = 0; i < length; i++) printf("%02x", (uint8_t)text[i]);
  printf("\n");
}

static void bell(rfbClient *client) {
  (void)client;
  printf("bell\n");
}

static char *password(rfbClient *client) {
  (void)client;
  const char *text = getenv("VNC_PASSWORD");
  return strdup(text ? text : "");
}

/* The library frees what it gets. */
static rfbCredential *credential(rfbClient *client, int type) {
  rfbCredential *known = calloc(1, sizeof *known);
  if (!known) return NULL;
  if (type == rfbCredentialTypeX509) {
    const char *file = getenv("VNC_CERTIFICATE");
    if (file) known->x509Credential.x509CACertFile = strdup(file);
    return known;
  }
  known->userCredential.username = strdup(getenv("VNC_USERNAME"));
  known->userCredential.password = password(client);
  return known;
}

static rfbBool send_cut(rfbClient *client, const char *hex) {
  char text[4096];
  int length = 0;
  unsigned int byte;
  while (length < (int)sizeof text && sscanf(hex + 2 * length, "%2x", &byte) == 1) {
    text[length++] = (char)byte;
  }
  return SendClientCutText(client, text, length);
}

/* Does what a line says; false when it is time to go. */
static rfbBool obey(rfbClient *client, char *line) {
  unsigned int a, b, c;
  line[strcspn(line, "\n")] = 0;
  if (strncmp(line, "dump ", 5) == 0) {
    dump(client, client->frameBuffer, line + 5);
    return TRUE;
  }
  if (strncmp(line, "first ", 6) == 0) {
    if (first) dump(client, first, line + 6);
    else printf("incomplete\n");
    return TRUE;
  }
  if (strcmp(line, "traffic") == 0) return printf("traffic %lu %u\n", received, copies) > 0;
  if (strcmp(line, "encodings") == 0) return printf("encodings %s\n", seen) > 0;
  if (sscanf(line, "key %i %u", &a, &b) == 2) return SendKeyEvent(client, a, b != 0);
  if (sscanf(line, "pointer %u %u %u", &a, &b, &c) == 3) return SendPointerEvent(client, a, b, c);
  if (strncmp(line, "cut ", 4) == 0) return send_cut(client, line + 4);
  return FALSE;
}

static rfbClient *connect_to(char **arguments) {
  int bits = atoi(arguments[1]);
  rfbClient *client = rfbGetClient(8, 3, bits / 8);
  client->canHandleNewFBSize = TRUE;
  client->MallocFrameBuffer = resized;
  client->GotCursorShape = cursor;
  client->GotFrameBufferUpdate = updated;
  client->FinishedFrameBufferUpdate = finished;
  client->GotXCutText = cut_text;
  client->Bell = bell;
  client->GetPassword = password;
  if (getenv("VNC_USERNAME")) client->GetCredential = credential;
  client->serverHost = strdup("127.0.0.1");
  client->serverPort = atoi(arguments[0]);
  client->appData.encodingsString = arguments[2];
  client->appData.compressLevel = atoi(arguments[3]);
  client->appData.qualityLevel = atoi(arguments[4]);
  client->appData.enableJPEG = client->appData.qualityLevel >= 0;
  client->appData.useRemoteCursor = TRUE;
  client->appData.shareDesktop = TRUE;
  if (bits < 32) client->format.depth = bits;
  if (bits == 16) {
    client->format.redMax = 31, client->format.greenMax = 63, client->format.blueMax = 31;
    client->format.redShift = 11, client->format.greenShift = 5, client->format.blueShift = 0;
  }
  connected = rfbInitClient(client, NULL, NULL);
  return connected ? client : NULL;
}

int main(int argc, char **argv) {
  if (argc != 6) return 2;
  setvbuf(stdout, NULL, _IOLBF, 0);
  /* Unbuffered, so that poll knows of every line that waits. */
  setvbuf(stdin, NULL, _IONBF, 0);
  rfbClient *client = connect_to(argv + 1);
  if (!client) return 1;
  struct pollfd waiting[] = {{STDIN_FILENO, POLLIN, 0}, {client->sock, POLLIN, 0}};
  char line[8300];
  for (;;) {
    /* What the library has read ahead, poll doesn't see. */
    if (client->buffered == 0 && poll(waiting, 2, -1) < 0) return 1;
    if (client->buffered > 0 || waiting[1].revents) {
      if (!HandleRFBServerMessage(client)) return 1;
    } else if (waiting[0].revents) {
      if (!fgets(line, sizeof line, stdin) || !obey(client, line)) break;
    }
  }
  rfbClientCleanup(client);
  return 0;
}
