import { PROXY_ADDRESS, type ProxyKind } from "./proxy.ts";

/** vncd at the path `/desk/`. */
export const NGINX: ProxyKind = {
  name: "nginx",
  program: "/usr/sbin/nginx",
  args: (configuration) => ["-c", configuration, "-g", "daemon off;", "-e", "stderr"],
  configuration: ({ vncd, http, https, certificate, key, folder }) => `
pid ${folder}/pid;
master_process off;
events {}
http {
  access_log off;
  client_body_temp_path ${folder}/body;
  proxy_temp_path ${folder}/proxy;
  fastcgi_temp_path ${folder}/fastcgi;
  uwsgi_temp_path ${folder}/uwsgi;
  scgi_temp_path ${folder}/scgi;
  server {
    listen ${PROXY_ADDRESS}:${http};
    listen ${PROXY_ADDRESS}:${https} ssl;
    ssl_certificate ${certificate};
    ssl_certificate_key ${key};
    location /desk/ {
      proxy_pass http://127.0.0.1:${vncd}/;
      proxy_http_version 1.1;
      proxy_set_header Upgrade $http_upgrade;
      proxy_set_header Connection "upgrade";
      proxy_set_header Host $http_host;
      proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
      proxy_set_header X-Forwarded-Proto $scheme;
      proxy_read_timeout 1h;
    }
  }
}
`,
};

/** Adds X-Forwarded-* and passes the Host header on by itself. */
export const CADDY: ProxyKind = {
  name: "Caddy",
  program: "caddy",
  args: (configuration) => ["run", "--config", configuration, "--adapter", "caddyfile"],
  configuration: ({ vncd, http, https, certificate, key }) => `
{
  admin off
  auto_https off
}
(desk) {
  handle_path /desk/* {
    reverse_proxy 127.0.0.1:${vncd}
  }
}
http://${PROXY_ADDRESS}:${http} {
  import desk
}
https://${PROXY_ADDRESS}:${https} {
  tls ${certificate} ${key}
  import desk
}
`,
};

const HAPROXY_LIMITS = `
global
  maxconn 100
defaults
  timeout connect 5s
  timeout client 1h
  timeout server 1h
  timeout tunnel 1h
`;

const haproxy = {
  program: "haproxy",
  args: (configuration: string) => ["-f", configuration, "-db"],
};

/** As a proxy of HTTP. */
export const HAPROXY: ProxyKind = {
  ...haproxy,
  name: "HAProxy",
  configuration: ({ vncd, http, https, both }) =>
    `${HAPROXY_LIMITS}
frontend web
  mode http
  bind ${PROXY_ADDRESS}:${http}
  bind ${PROXY_ADDRESS}:${https} ssl crt ${both}
  option forwardfor
  http-request set-header X-Forwarded-Proto %[ssl_fc,iif(https,http)]
  http-request replace-path /desk/(.*) /\\1
  default_backend vncd
backend vncd
  mode http
  server vncd 127.0.0.1:${vncd}
`,
};

/** Passes connections on as they are, and tells in front of each whose it is (PROXY protocol 2). */
export const HAPROXY_TCP: ProxyKind = {
  ...haproxy,
  name: "HAProxy with the PROXY protocol",
  configuration: ({ vncd, http, https, both }) =>
    `${HAPROXY_LIMITS}
frontend all
  mode tcp
  bind ${PROXY_ADDRESS}:${http}
  bind ${PROXY_ADDRESS}:${https} ssl crt ${both}
  default_backend vncd
backend vncd
  mode tcp
  server vncd 127.0.0.1:${vncd} send-proxy-v2
`,
};
