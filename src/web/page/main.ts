import RFB from "@novnc/novnc";

const url = new URL("websocket", location.href);
url.protocol = url.protocol.replace("http", "ws");
new RFB(document.getElementById("screen")!, url.href);
