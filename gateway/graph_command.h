/*
 * mlango graph: menus as a picture.
 */
#ifndef GATEWAY_GRAPH_COMMAND_H
#define GATEWAY_GRAPH_COMMAND_H

int graph_command(int argc, char **argv);

#endif
