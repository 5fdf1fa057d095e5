package com.example.market;

/** What the C++ handler takes. */
public sealed interface VwapMessage permits Trade, VwapQuery {}
