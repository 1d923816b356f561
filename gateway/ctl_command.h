/*
 * mlango ctl: orders to a running daemon, over its control socket.
 */
#ifndef GATEWAY_CTL_COMMAND_H
#define GATEWAY_CTL_COMMAND_H

int ctl_command(int argc, char **argv);

#endif
