/*
 * mlango size: how full every screen may get.
 */
#ifndef GATEWAY_SIZE_COMMAND_H
#define GATEWAY_SIZE_COMMAND_H

int size_command(int argc, char **argv);

#endif
